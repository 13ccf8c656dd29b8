package main

import "syscall"

// ownProcess makes a component die with the thread that started it, even when
// that is killed without a chance to tidy up, and keeps a terminal's Ctrl-C
// from reaching it before its turn.
func ownProcess() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}
