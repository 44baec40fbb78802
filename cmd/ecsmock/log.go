package main

import (
	"io"
	"log/slog"
)

// logger writes in the form that -log names.
func logger(form string, to io.Writer) *slog.Logger {
	switch form {
	case "json":
		return slog.New(slog.NewJSONHandler(to, nil))
	case "off":
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(to, nil))
}
