#!/bin/sh
echo "$*" > /srv/hactl-example.script
