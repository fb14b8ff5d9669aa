# A list of the commands; each one is a program in bin/.
.PHONY: help run dev build test tidy bench ci
help:
	@bin/help
run dev build test tidy bench ci:
	@bin/$@
