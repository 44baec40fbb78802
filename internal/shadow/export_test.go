package shadow

import (
	"context"
	"time"
)

// SetSleep makes a service call a function in place of waiting.
func (s *Service) SetSleep(sleep func(context.Context, time.Duration) error) { s.sleep = sleep }
