$ hactl aply bad/good.yml
hactl: unknown command 'aply'; did you mean 'apply'?
exit 5
