$ hactl apply bad/good.yml -i bad/inventory.yml -e port
hactl apply: -e wants key=value, a YAML mapping or @FILE, not 'port'
exit 5
