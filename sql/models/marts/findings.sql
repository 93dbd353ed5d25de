with

found as (

    select * from {{ ref('int_findings_cells') }}
    union all
    select * from {{ ref('int_findings_rows') }}
    union all
    select * from {{ ref('int_findings_relations') }}
    union all
    select * from {{ ref('int_findings_reports') }}
    union all
    select * from {{ ref('int_findings_submissions') }}
    union all
    select * from {{ ref('int_findings_continuity') }}
    union all by name
    select * from {{ ref('int_findings_copies') }}
    union all by name
    select * from {{ ref('int_findings_narrative') }}

),

-- What a report that is missing is known by: it has neither id nor version.
submissions as (

    select * from {{ ref('submissions') }}

),

rules as (

    select * replace ({{ configured_severity('rule', 'severity') }} as severity)
    from {{ ref('rules') }}

),

reports as (

    select * from {{ ref('reports') }}

),

versions as (

    select * from {{ ref('int_versions') }}

),

cells as (

    select * from {{ ref('cell_values') }}

),

waivers as (

    select * from {{ ref('int_waivers') }}
    where not is_expired and not is_ambiguous

),

graded as (

    select
        found.* exclude (severity),
        rules.suite,
        rules.advice_zh,
        rules.advice_en,
        rules.group_zh is not null as is_grouped,
        coalesce(reports.agency, submissions.agency) as agency,
        coalesce(reports.report_year, submissions.report_year) as report_year,
        -- A case may weigh less than its rule, never more.
        case
            when list_position({{ severities() }}, found.severity) > list_position({{ severities() }}, rules.severity)
                then found.severity
            else rules.severity
        end as severity,
        case
            when versions.is_undecided then versions.version_key || '|' || found.report_id else versions.version_key
        end
            as report_key
    from found
    inner join rules using (rule)
    left join reports using (report_id)
    left join versions on found.report_id = versions.document_id
    left join submissions
        on found.report_id is null and found.subject = submissions.submission_key

),

-- What may have been misread is never called an error of the report.
capped as (

    select
        *,
        case when origin <> 'source' and severity = 'error' then 'warning' else severity end as final_severity
    from graded

),

worded as (

    select
        *,
        case final_severity when 'error' then '【须更正】' when 'warning' then '【请核对】' else '【提示】' end as prefix_zh,
        case final_severity when 'error' then '[error] ' when 'warning' then '[warning] ' else '[info] ' end
            as prefix_en,
        case when origin <> 'source' then '读取存疑，请先对照原件。' else '' end as doubt_zh,
        case when origin <> 'source' then 'Possibly misread: compare with the original first. ' else '' end as doubt_en,
        case when page is not null then '（第' || page || '页）' else '' end as page_zh,
        case when page is not null then ' (page ' || page || ')' else '' end as page_en
    from capped

),

-- What a waiver must repeat: both sides of a comparison, or else the cell as printed.
printed as (

    select
        worded.*,
        case
            when worded.expected is not null and worded.actual is not null
                then {{ plain_number('worded.expected') }} || '≠' || {{ plain_number('worded.actual') }}
            else coalesce(trim(cells.raw_text), '')
        end as printed_value
    from worded
    left join cells using (report_id, form_table, indicator, breakdown)

),

waived as (

    select
        printed.report_id,
        printed.rule,
        printed.subject,
        waivers.reason,
        waivers.who,
        waivers.until
    from printed
    inner join waivers
        on
            {{ speaks_of('waivers', 'printed') }}
            and {{ same_printed('waivers.printed_value', 'printed.printed_value') }}
    qualify
        row_number() over (
            partition by printed.report_id, printed.rule, printed.subject
            order by waivers.until desc nulls first, waivers.listed_in asc, waivers.line_no asc
        ) = 1

),

final as (

    select
        md5(concat_ws('|', report_key, rule, subject)) as finding_id,
        report_id,
        related_report_id,
        agency,
        report_year,
        suite,
        rule,
        final_severity as severity,
        origin,
        md5(
            concat_ws(
                '|',
                report_key,
                -- One wrong cell may fail several rules.
                case when starts_with(group_subject, 'suspect.') then group_subject else rule end,
                case
                    when is_grouped then coalesce(group_subject, '')
                    when not starts_with(coalesce(group_subject, ''), 'suspect.') then subject
                end,
                final_severity,
                -- What is waived for one reason is told apart from what counts.
                waived.reason,
                waived.who,
                waived.until
            )
        )
            as group_id,
        form_table,
        indicator,
        breakdown,
        expected,
        actual,
        actual - expected as difference,
        sentence,
        prefix_zh || where_zh || '：' || detail_zh || '。' || doubt_zh || advice_zh || '。' || page_zh as message_zh,
        prefix_en
        || where_en
        || ': '
        || detail_en
        || '. '
        || doubt_en
        || upper(left(advice_en, 1))
        || substr(advice_en, 2)
        || '.'
        || page_en as message_en,
        page,
        row_no,
        x0,
        top,
        x1,
        bottom,
        waived.report_id is not null as waived,
        subject,
        where_zh,
        where_en,
        printed_value,
        waived.reason as waived_reason,
        waived.who as waived_by,
        waived.until as waived_until,
        detail_zh,
        detail_en
    from printed
    left join waived using (report_id, rule, subject)

)

select * from final
order by report_id, rule, finding_id
