$ hactl apply bad/good.yml -i bad/inventory.yml --chekc
hactl apply: unknown option '--chekc'; did you mean '--check'?
exit 5
