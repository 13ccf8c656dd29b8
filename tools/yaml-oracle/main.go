// Command yaml-oracle says how Kubernetes reads YAML: it answers every line {"yaml": "..."} on
// standard input with the same object and either "docs" (plain mode, as kubectl apply reads) or
// "error" added, and "strict" when only strict reading refuses it.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	k8syaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type line struct {
	YAML   string            `json:"yaml"`
	Docs   []json.RawMessage `json:"docs,omitzero"`
	Error  string            `json:"error,omitempty"`
	Strict string            `json:"strict,omitempty"`
	// Why the project refuses what Kubernetes takes; passed through.
	Stricter string `json:"stricter,omitempty"`
}

// read does what kubectl's StreamVisitor does.
func read(text string) ([]json.RawMessage, error) {
	decoder := k8syaml.NewYAMLOrJSONDecoder(strings.NewReader(text), 4096)
	docs := []json.RawMessage{}
	for {
		ext := runtime.RawExtension{}
		if err := decoder.Decode(&ext); err != nil {
			if err == io.EOF {
				return docs, nil
			}
			return nil, err
		}
		raw := bytes.TrimSpace(ext.Raw)
		if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
			continue
		}
		// As unstructured objects are decoded from here on.
		var value interface{}
		if err := utiljson.Unmarshal(raw, &value); err != nil {
			return nil, err
		}
		var written bytes.Buffer
		encoder := json.NewEncoder(&written)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(value); err != nil {
			return nil, err
		}
		docs = append(docs, bytes.TrimSpace(written.Bytes()))
	}
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for in.Scan() {
		var l line
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		answer := line{YAML: l.YAML, Stricter: l.Stricter}
		docs, err := read(l.YAML)
		if err != nil {
			answer.Error = err.Error()
		} else {
			answer.Docs = docs
			if _, err := yaml.YAMLToJSONStrict([]byte(l.YAML)); err != nil {
				answer.Strict = err.Error()
			}
		}
		if err := out.Encode(answer); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
