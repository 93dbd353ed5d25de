{#- A table made anew in the place of the one before, in one transaction. The adapter's own way, beside it and by two
    renames, is for readers of the old table meanwhile: here the file is locked, and nobody reads.

    Without --full-refresh only the rows of affected documents are: sql/macros/incremental.sql says how. A model of scope
    global is made whole in any case. -#}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}

    {%- set language = model['language'] -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- set drop_existing = 'drop ' ~ existing.type ~ ' ' ~ existing ~ ';' if existing else '' -%}
    {%- set meta = model.config.meta -%}
    {%- set is_incremental = existing is not none and not should_full_refresh() -%}
    {%- set affects = is_incremental and 'affects' in meta -%}
    {%- set before = 'incremental.before_' ~ model.alias -%}

    {% if is_incremental and meta.scope != 'global' %}

        {%- set tables = tables_read() | map(attribute='table') | list -%}
        {%- set documents = affected_documents(meta.scope, tables) -%}
        {%- set affected = is_among(documents['keys'][tables[0]], documents) -%}
        {%- set to_read = documents if 'reads' not in meta else affected_documents(meta.scope, tables, [meta.reads]) -%}
        {%- set delta = this.incorporate(path={'schema': 'incremental', 'identifier': 'delta_' ~ model.alias}, type='table') -%}

        {% if language == 'python' %}
            {#- Python writes through a connection of its own, which sees only what is committed. -#}
            {% call statement('drop_delta', auto_begin=False) %}drop table if exists {{ delta }}{% endcall %}
            {% call statement('main', language=language) -%}
                {{ create_table_as(False, delta, narrowed(compiled_code, to_read, in_python=True), language) }}
            {%- endcall %}
        {% endif %}

        {% call statement('delta' if language == 'python' else 'main') -%}
            {% if affects %}
            create or replace table {{ before }} as select * from {{ existing }} where {{ affected }};
            {% endif %}
            delete from {{ existing }} where {{ affected }};
            insert into {{ existing }}
            select * from {% if language == 'python' %}{{ delta }}{% else %}(
                {{ narrowed(compiled_code, to_read) }}
            ) as anew{% endif %}
            where {{ affected }};
            {{ context['affected_by_' ~ model.name](existing, before) if affects }}
            {{ 'drop table ' ~ delta ~ ';' if language == 'python' }}
        {%- endcall %}

    {% else %}

        {% if language == 'python' and existing %}
            {#- Python must see the name free. -#}
            {% call statement('drop_existing', auto_begin=False) %}{{ drop_existing }}{% endcall %}
        {% endif %}

        {% call statement('main', language=language) -%}
            {{ 'create or replace table ' ~ before ~ ' as select * from ' ~ existing ~ ';' if affects }}
            {{ drop_existing if language == 'sql' }}
            {{ create_table_as(False, target, compiled_code, language) }}
            {{ (';' ~ context['affected_by_' ~ model.name](target, before)) if affects }}
        {%- endcall %}

    {% endif %}

    {{ adapter.commit() }}

    {{ return({'relations': [target]}) }}

{% endmaterialization %}
