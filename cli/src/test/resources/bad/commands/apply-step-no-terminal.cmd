# Before anything is read or connected.
$ hactl apply bad/nowhere.yml -i bad/inventory.yml --step
hactl apply: --step asks at the terminal, and there is none; leave it out
exit 5
