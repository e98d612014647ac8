"""Released versions never change; and the sets that come with the house."""

import datetime as dt

from django.db import migrations

from engawa.office.questionnaires import shipped

STAY = """
CREATE FUNCTION questionnaires_question_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM questionnaires_questionnaire s
        WHERE s.released_at IS NOT NULL
          AND s.id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.questionnaire_id END,
                       CASE WHEN TG_OP <> 'DELETE' THEN NEW.questionnaire_id END)
    ) THEN
        RAISE EXCEPTION 'questions of a released version do not change' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER released_questions_stay BEFORE INSERT OR UPDATE OR DELETE ON questionnaires_question
    FOR EACH ROW EXECUTE FUNCTION questionnaires_question_stays();

-- Of a released version only the day on which it was compared with its original may change.
CREATE FUNCTION questionnaires_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.released_at IS NOT NULL AND (
        TG_OP = 'DELETE'
        OR (NEW.kind, NEW.name, NEW.version, NEW.source, NEW.released_at)
           IS DISTINCT FROM (OLD.kind, OLD.name, OLD.version, OLD.source, OLD.released_at)
    ) THEN
        RAISE EXCEPTION 'a released version does not change' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER released_versions_stay BEFORE UPDATE OR DELETE ON questionnaires_questionnaire
    FOR EACH ROW EXECUTE FUNCTION questionnaires_version_stays();
"""

NO_STAY = """
DROP TRIGGER released_questions_stay ON questionnaires_question;
DROP TRIGGER released_versions_stay ON questionnaires_questionnaire;
DROP FUNCTION questionnaires_question_stays(); DROP FUNCTION questionnaires_version_stays();
"""

FILES = ("reception", "intake", "living", "six_axes", "work")
RELEASED = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def ship(apps, _editor):
    questionnaire, question = (apps.get_model("questionnaires", name) for name in ("Questionnaire", "Question"))
    for file in FILES:
        fields, questions = shipped.read(file)
        made = questionnaire.objects.create(kind="assessment", **fields)
        question.objects.bulk_create(question(questionnaire=made, **one) for one in questions)
        made.released_at = RELEASED
        made.save()


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0001_initial")]

    operations = [migrations.RunSQL(STAY, NO_STAY), migrations.RunPython(ship, migrations.RunPython.noop)]
