package server_test

import (
	"testing"

	"exempla/internal/testdb"
)

func TestMain(m *testing.M) { testdb.Main(m) }
