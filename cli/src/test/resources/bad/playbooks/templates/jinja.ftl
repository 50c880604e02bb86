server {{ vip }}
<#--   ^ error: '{{ vip }}' is Jinja, which hactl does not read -->
<#--     write ${vip}; where braces are meant, ${'{{'} -->
{% if true %}
listen
{% endif %}
