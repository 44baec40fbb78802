package journal

import "strings"

// hush hides the temporary keys' tokens in a text that tells what was signed: a
// string to sign has them as parameters, a canonical request as a header too.
func hush(text string) string {
	for _, mark := range [...]struct{ before, after string }{
		{"SecurityToken%3D", "%26"}, {"SecurityToken=", "&"}, {"x-acs-security-token:", "\n"},
	} {
		if strings.Contains(text, mark.before) {
			text = hide(text, mark.before, mark.after)
		}
	}
	return text
}

func hide(text, before, after string) string {
	var b strings.Builder
	for {
		head, rest, found := strings.Cut(text, before)
		b.WriteString(head)
		if !found {
			return b.String()
		}
		b.WriteString(before + hidden)
		end := strings.Index(rest, after)
		if line := strings.IndexByte(rest, '\n'); line >= 0 && (end < 0 || line < end) {
			end = line
		}
		if end < 0 {
			return b.String()
		}
		text = rest[end:]
	}
}
