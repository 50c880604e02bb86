$ hactl schema playbok
hactl schema: there is no schema of 'playbok'; did you mean 'playbook'?
exit 5
