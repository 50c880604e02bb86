$ hactl config shwo
hactl config: there is no 'shwo'; did you mean 'show'?
exit 5
