package internal_test

import (
	"strings"

	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// An action is an action of any product.
type action = rpc.Action[*product.Caller]

// allActions returns the actions of all products.
func allActions() []*action {
	var list []*action
	for _, p := range server.Products() {
		list = append(list, p.Actions...)
	}
	return list
}

// label returns the name of an action under testdata/actions: that of an action of ECS
// is without its product.
func label(a *action) string {
	if a.Product.Name == "Ecs" {
		return a.Name
	}
	return a.FullName()
}

// upstream returns the path of a file with facts about a product.
func upstream(p *product.Product, file string) string {
	if p.Name == "Ecs" {
		return "../testdata/upstream/" + file
	}
	return "../testdata/upstream/" + strings.ToLower(p.Name) + "/" + file
}
