// The precompiled header (server/base/pch.h) needs a library to belong to.
