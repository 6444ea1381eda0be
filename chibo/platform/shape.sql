-- Everything of the database that is not a row, one line each, in an order that depends on no collation.
-- Expressions are left out: the server words a check or a policy differently after a dump and restore, so
-- their text would call a good copy bad. Whether they are there, switched on and for whom, is all here.
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
                     attcollation::regcollation, atthasdef)
    FROM rel
    JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE relkind IN ('r', 'p', 'v', 'm')
    UNION ALL
    SELECT 'constraint', label || '.' || conname,
           CASE WHEN contype IN ('p', 'u', 'f') THEN pg_get_constraintdef(k.oid) ELSE contype::text END
    FROM rel JOIN pg_constraint k ON k.conrelid = rel.oid WHERE contype <> 'n'
    UNION ALL
    SELECT 'index', label,
           concat_ws(' ', indrelid::regclass, indisunique, indisvalid, indpred IS NULL,
                     (SELECT string_agg(coalesce(attname, '*'), ',' ORDER BY place)
                      FROM unnest(indkey::int2[]) WITH ORDINALITY AS k(number, place)
                      LEFT JOIN pg_attribute a ON a.attrelid = indrelid AND a.attnum = k.number))
    FROM rel JOIN pg_index i ON i.indexrelid = rel.oid
    UNION ALL
    SELECT 'trigger', label || '.' || tgname, concat_ws(' ', tgenabled, tgtype, tgfoid::regprocedure)
    FROM rel JOIN pg_trigger t ON t.tgrelid = rel.oid WHERE NOT tgisinternal
    UNION ALL
    SELECT 'policy', label || '.' || polname,
           concat_ws(' ', polcmd, polpermissive,
                     (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' ELSE r::regrole::text END, ',' ORDER BY r)
                      FROM unnest(polroles) AS r),
                     polqual IS NULL, polwithcheck IS NULL)
    FROM rel JOIN pg_policy p ON p.polrelid = rel.oid
    UNION ALL
    SELECT 'function', label,
           concat_ws(' ', prorettype::regtype, provolatile, prosecdef, proleakproof, proconfig, prosrc)
    FROM fun
    UNION ALL
    SELECT 'right', label,
           concat_ws(' ', CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END, privilege_type)
    FROM held WHERE grantee <> owner
)
SELECT kind, name, what FROM lines ORDER BY kind COLLATE "C", name COLLATE "C", what COLLATE "C"
