package sign

// times is how often something is percent-encoded.
type times struct{ percent, equals, and string }

// ACS3 hashes an encoded query. V1 encodes an encoded query once more, which is
// done here in one go.
var (
	once  = times{"%", "=", "&"}
	twice = times{"%25", "%3D", "%26"}
)

// appendPair appends name=value, with an ampersand before all but the first.
func (t times) appendPair(dst []byte, first bool, p *Pair) []byte {
	if !first {
		dst = append(dst, t.and...)
	}
	dst = append(t.append(dst, p.Name), t.equals...)
	return t.append(dst, p.Value)
}

// append appends text as both signatures encode it: all bytes of its UTF-8 but
// letters, digits, - _ . ~ become %XX. That is neither what net/url does nor what
// form encoders do: a space is %20, an asterisk %2A, a tilde stays.
func (t times) append(dst []byte, text string) []byte {
	const digits = "0123456789ABCDEF"
	start := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if plain[c] {
			continue
		}
		dst = append(dst, text[start:i]...)
		dst = append(dst, t.percent...)
		dst = append(dst, digits[c>>4], digits[c&15])
		start = i + 1
	}
	return append(dst, text[start:]...)
}

// plain is the bytes that are not encoded.
var plain = func() (t [256]bool) {
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~" {
		t[c] = true
	}
	return t
}()
