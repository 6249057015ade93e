#!/bin/sh
# Lets the group access_bpf read /dev/bpf*, as capture programs on macOS do; run at start by a launch daemon, as root.
set -e
dseditgroup -o read access_bpf >/dev/null 2>&1 || dseditgroup -o create access_bpf
chgrp access_bpf /dev/bpf*
chmod g+rw /dev/bpf*
