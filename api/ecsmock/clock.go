package ecsmock

import "time"

// clock is the form in which the mock's time is told and set.
type clock struct {
	Now     *time.Time `json:",omitempty"`
	Frozen  *bool      `json:",omitempty"`
	Advance string     `json:",omitempty"`
}

// Now is the mock's time, in UTC.
func (s *Server) Now() time.Time {
	var c clock
	if err := s.ask("GET", "clock", nil, &c); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Now: %v", err)
		return time.Time{}
	}
	return *c.Now
}

// SetTime makes t the mock's time, which goes on from there. It ends a Freeze. Times
// are kept between the years 1970 and 2199.
func (s *Server) SetTime(t time.Time) {
	frozen := false
	if err := s.ask("PUT", "clock", clock{Now: &t, Frozen: &frozen}, nil); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("SetTime: %v", err)
	}
}

// Freeze makes t the mock's time and lets it stand there, until Advance moves it or
// SetTime lets it go.
func (s *Server) Freeze(t time.Time) {
	frozen := true
	if err := s.ask("PUT", "clock", clock{Now: &t, Frozen: &frozen}, nil); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Freeze: %v", err)
	}
}

// Advance moves the mock's time by d, backwards where d is negative, whether it is
// frozen or not. Nothing waits for it: a client token of 24 hours is gone at once.
func (s *Server) Advance(d time.Duration) {
	if err := s.ask("PUT", "clock", clock{Advance: d.String()}, nil); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Advance: %v", err)
	}
}
