with

parts as (

    select list({'name': claim, 'pattern': pattern} order by ordinal) as parts
    from {{ ref('narrative_patterns') }}
    where kind = 'part'

),

final as (

    select
        patterns.ordinal,
        patterns.kind,
        patterns.claim,
        patterns.rule,
        patterns.looks_at,
        {{ written_out('patterns.pattern', 'parts.parts') }} as pattern, -- noqa: PRS (a lambda of two)
        {{ written_out("coalesce(patterns.unless, '')", 'parts.parts') }} as unless,
        {{ written_out("coalesce(patterns.context, '')", 'parts.parts') }} as context
    from {{ ref('narrative_patterns') }} as patterns
    cross join parts
    where patterns.kind <> 'part'

)

select * from final
