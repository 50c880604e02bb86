Hello ${inventory_hostname}
