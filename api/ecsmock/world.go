package ecsmock

// State returns the current state of all accounts and regions, in a stable order.
func (s *Server) State() State {
	var state State
	if err := s.ask("GET", s.at("state"), nil, &state); err != nil {
		s.tb.Helper()
		s.fatal("State", err)
	}
	state.clean()
	return state
}

// clean makes empty lists nil, so that a state equals one that leaves them out.
func (s *State) clean() {
	if len(s.SecurityGroups) == 0 {
		s.SecurityGroups = nil
	}
	for i := range s.SecurityGroups {
		if g := &s.SecurityGroups[i]; len(g.Permissions) == 0 {
			g.Permissions = nil
		}
	}
}

// Load replaces the state. A state that is not valid ends the test with the path of the
// mistake, such as SecurityGroups[0].RegionId, and changes nothing. Quotas do not apply
// to a loaded state.
func (s *Server) Load(state State) {
	if err := s.ask("PUT", s.at("state"), state, nil); err != nil {
		s.tb.Helper()
		s.fatal("Load", err)
	}
}

// Add adds to the state. An AccountId that is left out is that of the account, if For
// made the server. A state that is not valid, or has an id that is used already, ends the
// test and changes nothing. Reset does not restore what was added.
func (s *Server) Add(state State) {
	if err := s.ask("POST", s.at("seed"), state, nil); err != nil {
		s.tb.Helper()
		s.fatal("Add", err)
	}
}

// Demo returns the demo world, which the examples of the documentation use.
func (s *Server) Demo() State {
	var state State
	if err := s.ask("GET", "demo", nil, &state); err != nil {
		s.tb.Helper()
		s.fatal("Demo", err)
	}
	return state
}

// Reset restores the seed, or the empty state, and clears the calls, the faults, the
// clock and the client tokens. With RandomSeed, ids start again. On a server made by For
// it does so for the account, and leaves the clock as it is.
func (s *Server) Reset() {
	if err := s.ask("POST", s.at("reset"), nil, nil); err != nil {
		s.tb.Helper()
		s.fatal("Reset", err)
	}
}
