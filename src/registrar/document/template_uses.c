/* Which fields a template shows, where, and under which conditions: told while it is read. */
#include <string.h>

#include "base/memory.h"
#include "registrar/document/template_read.h"

size_t uses_mark(const Reader *reader)
{
    return reader->template->use_count;
}

void uses_guard(Reader *reader, size_t mark, const Presence *when)
{
    if (when->present.len == 0 && when->absent.len == 0)
        return;
    for (size_t i = mark; i < reader->template->use_count; i++) {
        FieldUse *use = &reader->template->uses[i];

        if (use->guard_count < COUNT(use->guards))
            use->guards[use->guard_count++] = *when;
    }
}

/* One that stands there already, as often as it is written. */
static bool is_told(const Reader *reader, const FieldUse *use)
{
    for (size_t i = reader->block_mark; i < reader->template->use_count; i++) {
        const FieldUse *other = &reader->template->uses[i];

        if (other->guard_count == 0 && other->shown == use->shown && !strcmp(other->name, use->name))
            return true;
    }
    return false;
}

bool uses_add(Reader *reader, const char *name, bool shown, Error *err)
{
    Template *template = reader->template;
    FieldUse use = { .language = reader->language, .block = reader->block, .shown = shown };

    if (!str_copy(str_from(name), use.name, sizeof use.name))
        return error_set(err, ERR_FORMAT, "field {%.40s...} is too long", name);
    if (is_told(reader, &use))
        return true;
    FieldUse *uses = mem_resize(template->uses, template->use_count + 1, sizeof *uses);
    if (!uses)
        return error_set(err, ERR_MEMORY, "template");
    template->uses = uses;
    template->uses[template->use_count++] = use;
    return true;
}

/* --- what others ask ---------------------------------------------------------------------------------------------- */

size_t template_use_count(const Template *template)
{
    return template->use_count;
}

TemplateUse template_use_at(const Template *template, size_t index)
{
    assert(index < template->use_count);
    const FieldUse *use = &template->uses[index];

    return (TemplateUse){
        .name = use->name, .language = use->language, .block = use->block, .guarded = use->guard_count > 0
    };
}

static bool is_shown(const FieldUse *use, const Scope *scope)
{
    for (size_t i = 0; i < use->guard_count; i++)
        if (!presence_holds(&use->guards[i], scope))
            return false;
    return true;
}

/* A field that this paper leaves out, since a condition of where it stands does not hold. */
static bool is_left_out(const Template *template, Language language, const char *name, const Scope *scope)
{
    for (size_t i = 0; i < template->use_count; i++) {
        const FieldUse *use = &template->uses[i];

        if (use->language == language && use->shown && !strcmp(use->name, name) && !is_shown(use, scope))
            return true;
    }
    return false;
}

const char *template_lacks(const Template *template, Language language, const json_t *values,
                           bool (*later)(const char *name))
{
    const Scope scope = { .values = values };

    for (size_t i = 0; i < template->use_count; i++) {
        const FieldUse *use = &template->uses[i];

        if (use->language == language && use->shown && !json_object_get(values, use->name) && is_shown(use, &scope) &&
            !later(use->name))
            return use->name;
    }
    for (size_t i = 0; i < template->sealed_count; i++) {
        const char *name = template->sealed[i].value;

        if (!json_object_get(values, name) && !later(name) && !is_left_out(template, language, name, &scope))
            return name;
    }
    return NULL;
}
