{#- A table made anew in the place of the one before, in one transaction. The adapter's own way, beside it and by two
    renames, is for readers of the old table meanwhile: here the file is locked, and nobody reads. -#}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}

    {%- set language = model['language'] -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- set drop_existing = 'drop ' ~ existing.type ~ ' ' ~ existing ~ ';' if existing else '' -%}

    {% if language == 'python' and existing %}
        {#- Python writes through a connection of its own, which must see the name free. -#}
        {% call statement('drop_existing', auto_begin=False) %}{{ drop_existing }}{% endcall %}
    {% endif %}

    {% call statement('main', language=language) -%}
        {{ drop_existing if language == 'sql' }}
        {{ create_table_as(False, target, compiled_code, language) }}
    {%- endcall %}

    {{ adapter.commit() }}

    {{ return({'relations': [target]}) }}

{% endmaterialization %}
