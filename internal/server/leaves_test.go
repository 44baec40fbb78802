package server_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// leaves are the values of an answer in the order in which they stand there, each
// with its path: "Permissions.Permission.PortRange=22/22". An answer has the same
// leaves in JSON and in XML. Content that is neither is an error.
func leaves(body string) ([]string, error) {
	if strings.HasPrefix(body, "<") {
		return xmlLeaves(body)
	}
	return jsonLeaves(body)
}

func jsonLeaves(body string) (all []string, err error) {
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	if err := jsonValue(d, "", &all); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("more than one JSON value: %v", err)
	}
	return all, nil
}

// jsonValue reads a value. The elements of a list have the path of the list; an
// empty list in its wrapper is an empty wrapper, as in XML.
func jsonValue(d *json.Decoder, path string, all *[]string) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	bracket, nested := token.(json.Delim)
	if !nested {
		*all = append(*all, fmt.Sprintf("%s=%v", path, token))
		return nil
	}
	if bracket == '[' && !d.More() {
		*all = append(*all, path[:strings.LastIndexByte(path, '.')]+"=")
	}
	for d.More() {
		inner := path
		if bracket == '{' {
			name, err := d.Token()
			if err != nil {
				return err
			}
			inner = strings.TrimPrefix(fmt.Sprintf("%s.%v", path, name), ".")
		}
		if err := jsonValue(d, inner, all); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}

func xmlLeaves(body string) (all []string, err error) {
	d := xml.NewDecoder(strings.NewReader(body))
	var path []string
	text, leaf := "", false
	for {
		token, err := d.Token()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			path, text, leaf = append(path, token.Name.Local), "", true
		case xml.CharData:
			text += string(token)
		case xml.EndElement:
			if leaf {
				all = append(all, strings.Join(path[1:], ".")+"="+text)
			}
			path, text, leaf = path[:len(path)-1], "", false
		}
	}
}
