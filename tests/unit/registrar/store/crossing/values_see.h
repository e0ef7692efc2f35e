/* Who looks at rows that are shown: each says what it was shown.  Of values.h. */
#ifndef CROSSING_VALUES_SEE_H
#define CROSSING_VALUES_SEE_H

/* --- who looks at rows that are shown ---------------------------------------------------------------------------- */

static bool see_ActVisit(void *ctx, const ActEntry *entry, Error *err UNUSED)
{
    const Str texts[] = { entry->actor, entry->act,  entry->object, entry->salt,       entry->detail_hash,
                          entry->prev,  entry->hash, entry->detail, entry->detail_salt };

    buf_add_format(ctx, "%lld %lld", (long long)entry->id, (long long)entry->position);
    for (size_t i = 0; i < COUNT(texts); i++)
        buf_add_str(ctx, texts[i]);
    return true;
}

static bool see_AuditHeadVisit(void *ctx, int64_t position, Str head, Error *err UNUSED)
{
    buf_add_format(ctx, "%lld", (long long)position);
    buf_add_str(ctx, head);
    return true;
}

static bool see_OfferEach(void *ctx, const OfferRow *row, Str body, Error *err UNUSED)
{
    buf_add_format(ctx, "%s %s %s %s", row->kind, row->id, row->version, row->author);
    buf_add_str(ctx, body);
    return true;
}

static bool see_LookVisit(void *ctx, const LookRow *row, Error *err UNUSED)
{
    buf_add_format(ctx, "%d %lld %s %s %s %s %s %lld", (int)row->source, (long long)row->at_ms, row->act, row->unit,
                   row->service, row->number, row->place, (long long)row->times);
    buf_add_str(ctx, row->detail);
    return true;
}

static bool see_RecordEach(void *ctx, const RecordRow *row, Error *err UNUSED)
{
    buf_add_format(ctx, "%s %s %lld", row->part, row->source, (long long)row->as_of_s);
    buf_add_str(ctx, row->body);
    return true;
}

static bool see_ImportFindingEach(void *ctx, const ImportFindingRow *row, Error *err UNUSED)
{
    buf_add_format(ctx, "%s %s %s", row->kind, row->number, row->detail);
    return true;
}

static bool see_ImportedEach(void *ctx, const ImportedRow *row, Error *err UNUSED)
{
    buf_add_format(ctx, "%s %lld %lld", row->number, (long long)row->student, (long long)row->as_of_s);
    buf_add_str(ctx, row->body);
    buf_add_str(ctx, row->pinfl);
    return true;
}

static bool see_InboxEach(void *ctx, const InboxRow *row, Str profile, Error *err UNUSED)
{
    buf_add_format(ctx, "%s %lld %s %s %d %u %lld %lld %d %s %s %s %d", row->id, (long long)row->student, row->number,
                   row->service, (int)row->state, (unsigned)row->epoch, (long long)row->asked_at_s,
                   (long long)row->due_s, (int)row->list, row->unit, row->clerk, row->faculty, row->unconfirmed);
    buf_add_str(ctx, profile);
    return true;
}

static const StaffScope *a_scope(void)
{
    static const StaffScope scope = { .count[SCOPE_WINDOW] = 2, .names[SCOPE_WINDOW] = { "1", "2" } };

    return &scope;
}

static const InboxQuery *an_inbox(InboxList list)
{
    static InboxQuery query;

    query = (InboxQuery){ .list = list, .unit = "", .service = "", .clerk = "", .after = "", .most = 8 };
    return &query;
}

static bool see_PrintQueueEach(void *ctx, const PrintQueueRow *row, Str profile, bool *ret_go UNUSED, Error *err UNUSED)
{
    buf_add_format(ctx, "%s %s %d %s %u %d %d %s %s %s", row->job.id, row->job.copy, (int)row->job.state,
                   row->job.owner, (unsigned)row->job.epoch, row->job.sheets_expected, row->job.at_window,
                   row->job.hold_by, row->job.reason, row->job.words);
    buf_add_format(ctx, "%d %lld %lld %d %s %s %s %d %s", (int)row->need, (long long)row->due_at_s,
                   (long long)row->changed_at_s, row->n, row->code, row->document.id, row->document.service,
                   row->document.number, row->student_number);
    buf_add_str(ctx, profile);
    return true;
}

static const PrintJobRow *a_print_job(int k)
{
    static PrintJobRow job;

    job = (PrintJobRow){ .epoch = 1 };
    COPY_TEXT(job.id, id_of(k));
    return &job;
}

static const PrintJobRow *a_print_job_there(int k)
{
    static PrintJobRow job;

    job = (PrintJobRow){ .epoch = 0 };
    COPY_TEXT(job.id, text_of("id-", 10 * k + 8));
    return &job;
}

static const PrintQueueQuery *a_print_queue(PrintNeed first, PrintNeed last, const char *owner)
{
    static PrintQueueQuery query;

    query = (PrintQueueQuery){ .first = first, .last = last, .owner = owner, .after = "", .most = 8 };
    return &query;
}

static const ActSearch *an_act_search(int64_t student, const char *actor, const char *object, const char *request,
                                      const char *document)
{
    static ActSearch search;

    search = (ActSearch){ .student = student,
                          .actor = actor,
                          .object = object,
                          .request = request,
                          .document = document,
                          .act = "",
                          .to_ms = INT64_MAX,
                          .before_ms = INT64_MAX,
                          .before = INT64_MAX,
                          .most = 8 };
    return &search;
}

static const StatisticsQuery *a_statistics_query(int k UNUSED)
{
    static const StatisticsQuery query = {
        .from_s = INT64_C(1000000000), .to_s = NOW_S + 900, .service = "", .place = "", .faculty = ""
    };

    return &query;
}

static bool see_CopyFactVisit(void *ctx, const CopyFact *fact, Error *err UNUSED)
{
    buf_add_str(ctx, fact->service);
    buf_add_str(ctx, fact->place);
    buf_add_str(ctx, fact->owner);
    buf_add_format(ctx, " %lld %d ", (long long)fact->asked_at_s, (int)fact->state);
    return true;
}

static bool see_ApplicationFactVisit(void *ctx, const ApplicationFact *fact, Error *err UNUSED)
{
    buf_add_str(ctx, fact->service);
    buf_add_str(ctx, fact->place);
    buf_add_format(ctx, " %lld %lld ", (long long)fact->asked_at_s, (long long)fact->decided_at_s);
    return true;
}

static bool see_RefusalFactVisit(void *ctx, const RefusalFact *fact, Error *err UNUSED)
{
    buf_add_str(ctx, fact->words);
    buf_add_format(ctx, " %lld ", (long long)fact->count);
    return true;
}

static bool see_LineFactVisit(void *ctx, const LineFact *fact, Error *err UNUSED)
{
    buf_add_str(ctx, fact->kiosk);
    buf_add_str(ctx, fact->place);
    buf_add_format(ctx, " %lld %d ", (long long)fact->at_s, fact->is_call);
    return true;
}

static bool see_WorkFactVisit(void *ctx, const WorkFact *fact, Error *err UNUSED)
{
    buf_add_str(ctx, fact->actor);
    buf_add_str(ctx, fact->act);
    buf_add_format(ctx, " %lld ", (long long)fact->count);
    return true;
}

static const StaffRow *a_staff(int k)
{
    static StaffRow staff;

    staff = (StaffRow){ .full_name = "X Y",
                        .roles = "dean",
                        .state = STAFF_LOCKED,
                        .hash = "h",
                        .secret_length = 8,
                        .epoch = 1,
                        .changed_at_s = NOW_S };
    str_copy_cut(str_from(text_of("name-", k)), staff.name, sizeof staff.name);
    return &staff;
}

static const StaffSessionRow *a_staff_session(int k)
{
    static StaffSessionRow session;

    session = (StaffSessionRow){
        .device = "x", .source = "y", .began_at_s = NOW_S, .used_at_s = NOW_S, .ends_at_s = NOW_S + 60
    };
    str_copy_cut(str_from(id_of(k)), session.id, sizeof session.id);
    str_copy_cut(str_from(text_of("name-", k)), session.staff, sizeof session.staff);
    memset(session.bearer_hash, 0x70 + k, sizeof session.bearer_hash);
    return &session;
}

static const AnswerTemplateRow *a_answer_template(int k)
{
    static AnswerTemplateRow answer;

    answer = (AnswerTemplateRow){ .service = "service", .words = "{}", .author = "staff:x", .epoch = 1 };
    str_copy_cut(str_from(id_of(k)), answer.id, sizeof answer.id);
    return &answer;
}

static const BulkRow *a_bulk(int k)
{
    static BulkRow bulk;

    bulk = (BulkRow){ .reason = "reason", .proposed_by = "staff:x", .proposed_at_s = NOW_S };
    str_copy_cut(str_from(id_of(k)), bulk.id, sizeof bulk.id);
    return &bulk;
}

static void see_StatusMark(void *ctx, uint32_t index, CopyValidity validity)
{
    buf_add_format(ctx, "%u %d", (unsigned)index, (int)validity);
}

#endif
