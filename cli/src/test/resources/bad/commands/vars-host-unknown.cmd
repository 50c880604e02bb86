$ hactl vars db3 -i bad/inventory.yml
hactl vars: error: no host is named 'db3'
    did you mean 'db1'?
exit 6
