with

documents as (

    select * from "unmodelled-200000"."raw"."documents"

),

paths as (

    -- Where it lies now, before where it once lay; of several places the smallest.
    select
        document_id,
        arg_min(source_path, (not is_present, source_path)) as source_path
    from (
        select
            *,
            seen_run = max(seen_run) over (partition by source_path) as is_present
        from "unmodelled-200000"."raw"."sources"
    )
    group by document_id

),

opening as (

    select
        document_id,
        row_number() over (partition by document_id order by block_no) as paragraph_no,
        translate(regexp_replace(case
    when regexp_matches(text, '[\x{2e80}-\x{2fdf}]')
        then translate(
            text,
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else text
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789') as line,
        lag(translate(regexp_replace(case
    when regexp_matches(text, '[\x{2e80}-\x{2fdf}]')
        then translate(
            text,
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else text
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789')) over (partition by document_id order by block_no) as line_before,
        lag(translate(regexp_replace(case
    when regexp_matches(text, '[\x{2e80}-\x{2fdf}]')
        then translate(
            text,
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else text
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789'), 2) over (partition by document_id order by block_no) as line_before_that
    from "unmodelled-200000"."raw"."paragraphs"
    qualify paragraph_no <= 30

),

-- A title may run over up to three lines; the lines before the last are no sentences.
fragments as (

    select
        document_id,
        paragraph_no,
        line,
        case when (
    length(line_before) between 1 and 40
    and not regexp_matches(line_before, '[,.;:，。；：、>|]|^附件|^目录|^[0-9—-]+$|^第.*页')
) then line_before end as second,
        case
            when (
    length(line_before) between 1 and 40
    and not regexp_matches(line_before, '[,.;:，。；：、>|]|^附件|^目录|^[0-9—-]+$|^第.*页')
) and (
    length(line_before_that) between 1 and 40
    and not regexp_matches(line_before_that, '[,.;:，。；：、>|]|^附件|^目录|^[0-9—-]+$|^第.*页')
)
                then line_before_that
        end as third
    from opening

),

candidates as (

    select
        document_id,
        paragraph_no,
        1 as count_lines,
        line as title
    from fragments
    union all
    select
        document_id,
        paragraph_no,
        2 as count_lines,
        second || line as title
    from fragments
    union all
    select
        document_id,
        paragraph_no,
        3 as count_lines,
        third || second || line as title
    from fragments

),

titles as (

    select
        *,
        regexp_extract(title, '(20[0-9]{2})年', 1) as title_year,
        case
            when regexp_matches(title, '20[0-9]{2}年.*(?:信息公开|政务公开)')
                then regexp_extract(title, '^(.*?)20[0-9]{2}年', 1)
            else regexp_extract(title, '^(.*?)(?:政府信息公开|政务信息公开|信息公开|政务公开|政府政务公开)', 1)
        end as before_year,
        regexp_extract(title, '^20[0-9]{2}年度?(.*?)(?:政府信息公开|政务信息公开|信息公开|政务公开)', 1) as after_year
    from candidates
    where (
    length(title) between 6 and 60
    and regexp_matches(
        title, '(?:信息公开|政务公开)(?:工作)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)[)）》]?(?:[(（][^()（）]*[)）])?$'
    )
    and not regexp_matches(title, '^(?:关于|按照|根据|现将|《|附件|点击|下载)')
)

),

-- The title that names both agency and year; of several the one in fewest lines, then the first.
first_titles as (

    select * from titles
    qualify row_number() over (
        partition by document_id
        order by
            case when before_year || after_year <> '' then 0 else 1 end
            + case when title_year <> '' then 0 else 1 end,
            case when before_year || after_year <> '' then 0 else 1 end,
            count_lines,
            paragraph_no
    ) = 1

),

statements as (

    select
        document_id,
        max(regexp_extract(line, '自?(20[0-9]{2})年0?1月0?1日起?[至到—-]+[^月]{0,6}12月31日', 1)) as period_year,
        max(regexp_extract(line, '^本(?:年度)?报告由(\p{Han}{2,30}?)(?:根据|按照|依据|依照|编制)', 1)) as stated_agency,
        -- A date alone in its line is the date of publication.
        min(nullif(regexp_extract(line, '^(20[0-9]{2})年', 1), '')) filter (
            where paragraph_no <= 12 and not regexp_matches(line, '^20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日$')
        ) as opening_year,
        min(nullif(regexp_extract(
            line, '^(?:[(（].{1,6}[)）])?(?:发布日期:?|发布时间:?|日期:?)?(20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)$', 1
        ), '')) as dated
    from opening
    group by document_id

),

files as (

    select
        document_id,
        source_path,
        regexp_extract(translate(regexp_replace(case
    when regexp_matches(regexp_extract(source_path, '([^/]+)[.][^./]*$', 1), '[\x{2e80}-\x{2fdf}]')
        then translate(
            regexp_extract(source_path, '([^/]+)[.][^./]*$', 1),
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else regexp_extract(source_path, '([^/]+)[.][^./]*$', 1)
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789'), '(20[0-9]{2})年', 1) as title_year,
        case
            when regexp_matches(translate(regexp_replace(case
    when regexp_matches(regexp_extract(source_path, '([^/]+)[.][^./]*$', 1), '[\x{2e80}-\x{2fdf}]')
        then translate(
            regexp_extract(source_path, '([^/]+)[.][^./]*$', 1),
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else regexp_extract(source_path, '([^/]+)[.][^./]*$', 1)
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789'), '20[0-9]{2}年.*(?:信息公开|政务公开)')
                then regexp_extract(translate(regexp_replace(case
    when regexp_matches(regexp_extract(source_path, '([^/]+)[.][^./]*$', 1), '[\x{2e80}-\x{2fdf}]')
        then translate(
            regexp_extract(source_path, '([^/]+)[.][^./]*$', 1),
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else regexp_extract(source_path, '([^/]+)[.][^./]*$', 1)
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789'), '^(.*?)20[0-9]{2}年', 1)
            else regexp_extract(translate(regexp_replace(case
    when regexp_matches(regexp_extract(source_path, '([^/]+)[.][^./]*$', 1), '[\x{2e80}-\x{2fdf}]')
        then translate(
            regexp_extract(source_path, '([^/]+)[.][^./]*$', 1),
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else regexp_extract(source_path, '([^/]+)[.][^./]*$', 1)
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789'), '^(.*?)(?:政府信息公开|政务信息公开|信息公开|政务公开|政府政务公开)', 1)
        end as before_year,
        regexp_extract(translate(regexp_replace(case
    when regexp_matches(regexp_extract(source_path, '([^/]+)[.][^./]*$', 1), '[\x{2e80}-\x{2fdf}]')
        then translate(
            regexp_extract(source_path, '([^/]+)[.][^./]*$', 1),
            '⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼀⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀'
        || '⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤'
        || '⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕',
            '厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支'
        || '攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆'
        || '里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        )
    else regexp_extract(source_path, '([^/]+)[.][^./]*$', 1)
end, '[\s\x{00a0}\x{3000}\x{200b}\x{feff}]+', '', 'g'), '０１２３４５６７８９', '0123456789'), '^20[0-9]{2}年度?(.*?)(?:政府信息公开|政务信息公开|信息公开|政务公开)', 1) as after_year
    from paths

),

final as (

    select
        documents.document_id,
        files.source_path,
        first_titles.title,
        coalesce(
            nullif(first_titles.before_year, ''),
            nullif(first_titles.after_year, ''),
            nullif(statements.stated_agency, ''),
            nullif(files.before_year, ''),
            nullif(files.after_year, '')
        ) as agency,
        case
            when first_titles.before_year <> '' or first_titles.after_year <> '' then 'title'
            when statements.stated_agency <> '' then 'opening'
            when files.before_year <> '' or files.after_year <> '' then 'file_name'
        end as agency_evidence,
        coalesce(
            try_cast(nullif(first_titles.title_year, '') as integer),
            try_cast(nullif(statements.period_year, '') as integer),
            try_cast(statements.opening_year as integer),
            try_cast(nullif(files.title_year, '') as integer)
        ) as report_year,
        case
            when first_titles.title_year <> '' then 'title'
            when statements.period_year <> '' then 'period'
            when statements.opening_year <> '' then 'opening'
            when files.title_year <> '' then 'file_name'
        end as year_evidence,
        try_strptime(statements.dated, '%Y年%m月%d日')::date as published_on
    from documents
    left join files using (document_id)
    left join first_titles using (document_id)
    left join statements using (document_id)

)

select * from final