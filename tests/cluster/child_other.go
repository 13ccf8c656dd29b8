//go:build !linux

package main

import "syscall"

// ownProcess: only Linux can tie a process to the one that started it.
func ownProcess() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{}
}
