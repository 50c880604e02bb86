<!DOCTYPE html>
<title>${inventory_hostname}</title>
<p>A page of the pair ${master_hostname} and ${slave_hostname}, from the disk that both have.
