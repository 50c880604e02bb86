#!/bin/sh
find /var/tmp -maxdepth 1 -name '*.old' -delete
