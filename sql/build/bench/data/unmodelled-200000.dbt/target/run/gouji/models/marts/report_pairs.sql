
            
            
    

    create  table
      "unmodelled-200000"."marts"."report_pairs"
  
    
    as (
      with recursive

reports as (

    select
        report_id,
        agency,
        agency_id,
        region,
        split_part(agency_id, '/', 1) as region_key,
        substr(agency_id, instr(agency_id, '/') + 1) as office,
        scope,
        report_year,
        count(*) over (partition by agency_id, scope, report_year) as count_versions
    from "unmodelled-200000"."marts"."reports"
    where is_current and is_modelled and agency_id is not null and scope <> 'unknown' and report_year is not null

),

changes as (

    select * from "unmodelled-200000"."intermediate"."int_agency_changes"

),

-- From one name to the next, and on to the name after that.
descents as (

    select
        former_id,
        successor_id,
        first_year,
        first_year as last_change
    from changes
    where former_id is not null and successor_id is not null
    union all
    select
        descents.former_id,
        changes.successor_id,
        descents.first_year,
        changes.first_year as last_change
    from descents
    inner join changes on descents.successor_id = changes.former_id and descents.last_change < changes.first_year
    where changes.successor_id is not null

),

pairs as (

    select
        later.report_id,
        earlier.report_id as earlier_report_id,
        false as is_renamed
    from reports as later
    inner join reports as earlier using (agency_id, scope)
    where earlier.report_year < later.report_year
    union
    select
        later.report_id,
        earlier.report_id as earlier_report_id,
        true as is_renamed
    from descents
    inner join reports as later on descents.successor_id = later.agency_id
    inner join reports as earlier on descents.former_id = earlier.agency_id and later.scope = earlier.scope
    where earlier.report_year < descents.first_year and descents.last_change <= later.report_year

),

-- What was merged or split in between has no figures that could be carried over.
upset as (

    select
        first_year,
        unnest([former_id, successor_id]) as agency_id
    from changes
    where kind <> 'renamed'

),

final as (

    select
        pairs.report_id,
        pairs.earlier_report_id,
        later.agency,
        later.report_year,
        earlier.agency as earlier_agency,
        earlier.report_year as earlier_year,
        pairs.is_renamed,
        later.report_year - earlier.report_year = 1
        and later.count_versions = 1
        and count(*) over (partition by pairs.report_id, earlier.report_year) = 1
        and not exists (
            select 1
            from upset
            where
                upset.agency_id in (later.agency_id, earlier.agency_id)
                and upset.first_year = later.report_year
        )
            as is_comparable
    from pairs
    inner join reports as later using (report_id)
    inner join reports as earlier on pairs.earlier_report_id = earlier.report_id

)

select * from final
order by report_id, earlier_report_id
    );
    
  
            