"""A form is read wherever a sheet of it is: a unit that went elsewhere still reads what it handed in."""

from django.db import migrations

HERE = "chibo_sees(scope_path)"
OLD = {
    "form": f"{HERE} OR chibo_names(unit_id)",
    "line": f"{HERE} OR EXISTS (SELECT FROM returns_form asked WHERE asked.id = form_id"
    " AND chibo_names(asked.unit_id))",
}
OLD["linecheck"] = OLD["line"]
FILLED = "EXISTS (SELECT FROM returns_sheet s WHERE s.form_id = {form} AND chibo_sees(s.scope_path))"
NEW = {
    name: f"{old} OR {FILLED.format(form='returns_form.id' if name == 'form' else f'returns_{name}.form_id')}"
    for name, old in OLD.items()
}


def policies(seen: dict[str, str]) -> str:
    return "".join(
        f"DROP POLICY sees ON returns_{name}; CREATE POLICY sees ON returns_{name} FOR SELECT USING ({sees});"
        for name, sees in seen.items()
    )


class Migration(migrations.Migration):
    dependencies = [("returns", "0002_second_wall")]
    operations = [migrations.RunSQL(policies(NEW), policies(OLD))]
