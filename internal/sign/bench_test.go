package sign

import "testing"

func BenchmarkV1Sign(b *testing.B) {
	r := revokeV1()
	b.ReportAllocs()
	for b.Loop() {
		_, _ = r.Sign("testsecret")
	}
}

func BenchmarkV1Verify(b *testing.B) {
	r := signedV1(b, revokeV1(), "testsecret")
	b.ReportAllocs()
	for b.Loop() {
		if r.Verify("testsecret") != nil {
			b.Fatal("the signature is refused")
		}
	}
}

func BenchmarkACS3Sign(b *testing.B) {
	r := revokeACS3()
	b.ReportAllocs()
	for b.Loop() {
		_ = r.Sign("testid", "testsecret", revokeHeaders)
	}
}

func BenchmarkACS3Verify(b *testing.B) {
	r := revokeACS3()
	r = r.with(r.Sign("testid", "testsecret", revokeHeaders))
	b.ReportAllocs()
	for b.Loop() {
		if r.Verify("testsecret") != nil {
			b.Fatal("the signature is refused")
		}
	}
}

// BenchmarkV1Mismatch looks for the mistake behind a signature, in vain.
func BenchmarkV1Mismatch(b *testing.B) {
	r := revokeV1().with("Zm9v")
	b.ReportAllocs()
	for b.Loop() {
		_ = r.Verify("testsecret")
	}
}

func BenchmarkACS3Mismatch(b *testing.B) {
	r := revokeACS3()
	r = r.with(r.Sign("testid", "another", revokeHeaders))
	b.ReportAllocs()
	for b.Loop() {
		_ = r.Verify("testsecret")
	}
}
