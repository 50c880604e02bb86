$ hactl doc comand
hactl doc: no module is named 'comand'; did you mean 'command'?
exit 5
