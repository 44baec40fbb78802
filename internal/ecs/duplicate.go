package ecs

// duplicate is a rule that another one would become.
type duplicate struct{ id string }

func (d *duplicate) Error() string        { return errSameAsRule.Error() }
func (d *duplicate) Is(target error) bool { return target == errSameAsRule }
func (d *duplicate) Hint() string         { return d.id + " is already what this rule would become" }
