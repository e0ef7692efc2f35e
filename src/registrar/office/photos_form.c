/* Photographs and the answers that name them: held to their student, kept with a draft, handed in with a request. */
#include "registrar/office/photos.h"

#include <string.h>

#include "registrar/office/keeping.h"

static bool is_open(const PhotoSetRow *set)
{
    return set->state == PHOTOS_OFFERED || set->state == PHOTOS_OPENED;
}

/* The set that this question's answer names; NULL: it names none. */
static const char *named(const Field *field, const Answers *answers)
{
    const char *value = field->kind == FIELD_PAPER ? answers_get(answers, field->id) : NULL;

    return value ? paper_photos(value) : NULL;
}

static bool holds(StoreTransaction *transaction, int64_t student, const Service *service, const Field *field,
                  const char *id, const char *request, bool *ret, Error *err)
{
    PhotoSetRow set;
    bool found;

    if (!photo_sets_get(transaction, id, &found, &set, err))
        return false;
    *ret = found && set.student == student && !strcmp(set.service, service->id) && !strcmp(set.field, field->id) &&
           set.pages > 0 && (!set.request[0] || (request && !strcmp(set.request, request)));
    return true;
}

bool photos_hold(StoreTransaction *transaction, int64_t student, const Service *service, const Answers *answers,
                 const char *request, const char **ret_field, Error *err)
{
    *ret_field = NULL;
    for (size_t i = 0; i < service->field_count && !*ret_field; i++) {
        const Field *field = &service->fields[i];
        const char *id = named(field, answers);
        bool held = true;

        if (id && !holds(transaction, student, service, field, id, request, &held, err))
            return false;
        if (!held)
            *ret_field = field->id;
    }
    return true;
}

static bool is_named(const Service *service, const Answers *answers, const char *set)
{
    for (size_t i = 0; i < service->field_count; i++) {
        const char *id = named(&service->fields[i], answers);

        if (id && !strcmp(id, set))
            return true;
    }
    return false;
}

static bool take(StoreTransaction *transaction, PhotoSetRow *set, const char *request, int64_t now_ms, Error *err)
{
    str_copy_cut(str_from(request), set->request, sizeof set->request);
    set->keep_until_s = now_ms / 1000 + PAPERS_KEPT_S;
    return photo_sets_write(transaction, set, err) &&
           (!is_open(set) || photos_move(transaction, set, PHOTOS_GIVEN, now_ms, err));
}

bool photos_hand_in(StoreTransaction *transaction, int64_t student, const Service *service, const Answers *answers,
                    const char *request, int64_t now_ms, Error *err)
{
    PhotoSetRow rows[PHOTO_SETS_MOST];
    size_t count, more;

    if (!photo_sets_loose(transaction, student, service->id, rows, COUNT(rows), &count, err) ||
        !photo_sets_of_request(transaction, request, rows + count, COUNT(rows) - count, &more, err))
        return false;
    for (size_t i = 0; i < count + more; i++) {
        const bool done = is_named(service, answers, rows[i].id) ? take(transaction, &rows[i], request, now_ms, err)
                                                                 : photo_sets_remove(transaction, rows[i].id, err);
        if (!done)
            return error_add(err, "photographs of a request");
    }
    return true;
}

bool photos_unsee(StoreTransaction *transaction, const Service *service, const Answers *before, const Answers *now,
                  const char *request, Error *err)
{
    for (size_t i = 0; i < service->field_count; i++) {
        const Field *field = &service->fields[i];
        const char *was = answers_get(before, field->id), *is = answers_get(now, field->id);

        if (field->kind == FIELD_PAPER && was && (!is || strcmp(was, is) != 0) &&
            !papers_seen_remove(transaction, request, field->id, err))
            return false;
    }
    return true;
}

bool photos_keep_with(StoreTransaction *transaction, int64_t student, const Service *service, const Answers *answers,
                      int64_t keep_until_s, Error *err)
{
    PhotoSetRow rows[PHOTO_SETS_MOST];
    size_t count;

    if (!photo_sets_loose(transaction, student, service->id, rows, COUNT(rows), &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!is_named(service, answers, rows[i].id) || rows[i].keep_until_s >= keep_until_s)
            continue;
        rows[i].keep_until_s = keep_until_s;
        if (!photo_sets_write(transaction, &rows[i], err))
            return error_add(err, "photographs of a draft");
    }
    return true;
}

bool photos_drop_loose(StoreTransaction *transaction, int64_t student, const char *service, Error *err)
{
    PhotoSetRow rows[PHOTO_SETS_MOST];
    size_t count;

    if (!photo_sets_loose(transaction, student, service, rows, COUNT(rows), &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!photo_sets_remove(transaction, rows[i].id, err))
            return error_add(err, "photographs of a draft");
    return true;
}

bool photos_drop_with(StoreTransaction *transaction, const char *request, Error *err)
{
    PhotoSetRow rows[PHOTO_SETS_MOST];
    size_t count;

    if (!photo_sets_of_request(transaction, request, rows, COUNT(rows), &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!photo_sets_remove(transaction, rows[i].id, err))
            return error_add(err, "photographs of a request");
    return true;
}
