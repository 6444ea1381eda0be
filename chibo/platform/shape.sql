-- Everything of the database that is not a row, one line each, in an order that depends on no collation.
-- Owners may have other names elsewhere: what an owner may do is left out, what others may is all here.
WITH ours AS (
    SELECT oid FROM pg_namespace
    WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'
), foreign_to_us AS (
    SELECT objid FROM pg_depend WHERE deptype = 'e'
), rel AS (
    SELECT c.*, c.oid::regclass::text AS label FROM pg_class c
    WHERE relnamespace IN (TABLE ours) AND c.oid NOT IN (TABLE foreign_to_us)
), fun AS (
    SELECT p.*, p.oid::regprocedure::text AS label FROM pg_proc p
    WHERE pronamespace IN (TABLE ours) AND p.oid NOT IN (TABLE foreign_to_us) AND prokind IN ('f', 'p')
), held AS (
    SELECT label, relowner AS owner, (aclexplode(relacl)).* FROM rel
    UNION ALL
    SELECT label || '.' || attname, relowner, (aclexplode(attacl)).*
    FROM rel JOIN pg_attribute a ON a.attrelid = rel.oid
    UNION ALL
    SELECT label, proowner, (aclexplode(coalesce(proacl, acldefault('f', proowner)))).* FROM fun
), lines AS (
    SELECT 'relation' AS kind, label AS name,
           concat_ws(' ', relkind, relrowsecurity, relforcerowsecurity) AS what
    FROM rel WHERE relkind IN ('r', 'p', 'v', 'm', 'S')
    UNION ALL
    SELECT 'column', label || '.' || attname,
           concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
                     attcollation::regcollation, pg_get_expr(d.adbin, d.adrelid))
    FROM rel
    JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = rel.oid AND d.adnum = a.attnum
    WHERE relkind IN ('r', 'p', 'v', 'm')
    UNION ALL
    SELECT 'constraint', label || '.' || conname, pg_get_constraintdef(k.oid)
    FROM rel JOIN pg_constraint k ON k.conrelid = rel.oid WHERE contype <> 'n'
    UNION ALL
    SELECT 'index', label, pg_get_indexdef(oid) FROM rel WHERE relkind IN ('i', 'I')
    UNION ALL
    SELECT 'view', label, pg_get_viewdef(oid) FROM rel WHERE relkind IN ('v', 'm')
    UNION ALL
    SELECT 'trigger', label || '.' || tgname, concat_ws(' ', tgenabled, pg_get_triggerdef(t.oid))
    FROM rel JOIN pg_trigger t ON t.tgrelid = rel.oid WHERE NOT tgisinternal
    UNION ALL
    SELECT 'policy', label || '.' || polname,
           concat_ws(' ', polcmd, polpermissive,
                     (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' ELSE r::regrole::text END, ',' ORDER BY r)
                      FROM unnest(polroles) AS r),
                     pg_get_expr(polqual, polrelid), '|', pg_get_expr(polwithcheck, polrelid))
    FROM rel JOIN pg_policy p ON p.polrelid = rel.oid
    UNION ALL
    SELECT 'function', label, pg_get_functiondef(oid) FROM fun
    UNION ALL
    SELECT 'right', label,
           concat_ws(' ', CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END, privilege_type)
    FROM held WHERE grantee <> owner
)
SELECT kind, name, what FROM lines ORDER BY kind COLLATE "C", name COLLATE "C", what COLLATE "C"
