/* With what each function is tried: k is 1 for what both institutions have, 2 for what only the other one has. */
#ifndef CROSSING_VALUES_H
#define CROSSING_VALUES_H

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "registrar/store/store.h"

#define NOW_S INT64_C(1800000000)

typedef struct Call {
    const char *name;
    int turn;
    bool (*run)(StoreTransaction *t, int k, Buf *said, Error *err);
} Call;

/* Lives until eight more were asked for. */
static const char *text_of(const char *before, int k)
{
    static char texts[8][40];
    static size_t next;
    char *text = texts[next++ % 8];

    snprintf(text, sizeof texts[0], "%s%d", before, k);
    return text;
}

static const char *id_of(int k)
{
    return text_of("id-", k);
}

static const uint8_t *bytes_of(int k)
{
    static uint8_t bytes[2][32];

    memset(bytes[k - 1], k, sizeof bytes[0]);
    return bytes[k - 1];
}

static void say_bytes(Buf *said, const void *bytes, size_t size)
{
    buf_add(said, bytes, size);
}

static void say_buf(Buf *said, const Buf *buf)
{
    buf_add_format(said, "[%zu]", buf->len);
    buf_add_str(said, buf_str(buf));
}

#define COPY_TEXT(array, text) snprintf(array, sizeof(array), "%s", text)

/* --- imports ------------------------------------------------------------------------------------------------------ */

static const ImportRunRow *a_import_run(int k)
{
    static ImportRunRow run;

    run = (ImportRunRow){ .run = k, .step = 1, .reading = true, .started_at_s = NOW_S, .read_next_s = NOW_S };
    return &run;
}

static const ImportFindingRow *a_import_finding(int k)
{
    static ImportFindingRow row;

    (void)k;
    row = (ImportFindingRow){ .detail = "" };
    COPY_TEXT(row.kind, "kind");
    COPY_TEXT(row.number, "new");
    return &row;
}

/* --- printers ----------------------------------------------------------------------------------------------------- */

static const PrinterRow *a_printer(int k)
{
    static PrinterRow printer;

    printer = (PrinterRow){ .epoch = 1 };
    COPY_TEXT(printer.id, k == 1 ? "new" : "id-2");
    COPY_TEXT(printer.place, "place");
    COPY_TEXT(printer.uri, "ipp://localhost/");
    return &printer;
}

/* Of the printer that has one. */
static const ErrandRow *a_errand_there(int k)
{
    static ErrandRow errand;

    errand =
        (ErrandRow){ .epoch = 1, .phase = ERRAND_SENT, .printer_job = 7, .sheets = 1, .began_at_ms = NOW_S * 1000 };
    COPY_TEXT(errand.printer, id_of(k));
    COPY_TEXT(errand.job, id_of(k));
    COPY_TEXT(errand.printer_uuid, "uuid");
    return &errand;
}

static const ErrandRow *a_errand(int k)
{
    static ErrandRow errand;

    errand = *a_errand_there(k);
    COPY_TEXT(errand.printer, text_of("id-", 10 * k + 1));
    return &errand;
}

/* --- the hall ---------------------------------------------------------------------------------------------------- */

static const WindowRow *a_window(int k)
{
    static WindowRow window;

    window = (WindowRow){ .number = k, .state = WINDOW_OPEN, .epoch = 1, .changed_at_s = NOW_S };
    COPY_TEXT(window.place, "place");
    COPY_TEXT(window.topics, "service");
    COPY_TEXT(window.clerk, "token:x");
    return &window;
}

static const TicketRow *a_ticket_there(int k)
{
    static TicketRow ticket;

    ticket = (TicketRow){ .n = 500 + k,
                          .student = k,
                          .called_to = 3,
                          .calls = 2,
                          .taken_at_s = NOW_S,
                          .called_at_s = NOW_S,
                          .last_called_s = NOW_S };
    memset(ticket.token_hash, 0x50 + k, sizeof ticket.token_hash);
    COPY_TEXT(ticket.id, id_of(k));
    COPY_TEXT(ticket.day, "2026-11-22");
    COPY_TEXT(ticket.letter, "A");
    COPY_TEXT(ticket.topic, "another");
    COPY_TEXT(ticket.kiosk, id_of(k));
    return &ticket;
}

static const TicketRow *a_ticket(int k)
{
    static TicketRow ticket;

    ticket = *a_ticket_there(k);
    COPY_TEXT(ticket.id, k == 1 ? "id-new" : "id-2");
    return &ticket;
}

static const CallRow *a_call(int k)
{
    static CallRow call;

    call = (CallRow){ .student = k, .made_at_s = NOW_S };
    COPY_TEXT(call.id, k == 1 ? "id-new" : "id-2");
    COPY_TEXT(call.kiosk, id_of(k));
    COPY_TEXT(call.screen, "form");
    COPY_TEXT(call.language, "uz");
    return &call;
}

/* --- rows that are put ------------------------------------------------------------------------------------------- */

static const Act *a_act(int k)
{
    static Act act;

    act = (Act){ NOW_S * 1000, "actor", "thing.done", id_of(k), "{\"a\":1}" };
    return &act;
}

static const ActSeal *a_act_seal(int k)
{
    static ActSeal seal;

    seal = (ActSeal){ .id = 10 + k, .position = 500 };
    return &seal;
}

static const Alert *a_alert(int k)
{
    static Alert alert;

    alert = (Alert){ NOW_S, "what", id_of(k), "words" };
    return &alert;
}

static const BlankRow *a_blank(int k)
{
    static BlankRow blank;

    blank = (BlankRow){ .number = k == 1 ? 99 : 2, .state = BLANK_ISSUED, .changed_at_s = NOW_S };
    COPY_TEXT(blank.id, k == 1 ? "id-new" : "id-2");
    COPY_TEXT(blank.kind, "service");
    COPY_TEXT(blank.series, "AM");
    COPY_TEXT(blank.holder, "token:x");
    return &blank;
}

static const CampaignRow *a_campaign(int k)
{
    static CampaignRow row;

    row = (CampaignRow){ .kind = "retake", .opens = "2026-12-01", .from = "2026-12-02", .to = "2026-12-03" };
    COPY_TEXT(row.id, id_of(k));
    return &row;
}

static const ContentRow *a_content(int k)
{
    static ContentRow row;

    row = (ContentRow){ .version = "v1", .author = "staff:x", .changed_at_s = NOW_S };
    COPY_TEXT(row.id, id_of(k));
    return &row;
}

static const BlankRow *a_blank_there(int k)
{
    static BlankRow blank;

    blank = *a_blank(k);
    blank.epoch = 1;
    COPY_TEXT(blank.id, id_of(k));
    return &blank;
}

static const CopyRow *a_copy(int k)
{
    static CopyRow copy;

    copy = (CopyRow){ .n = 10 * k, .kind = COPY_PAPER, .kid = 1, .status_list = 1, .status_index = (uint32_t)(50 + k) };
    COPY_TEXT(copy.id, k == 1 ? "id-new" : "id-2");
    COPY_TEXT(copy.document, "id-1");
    COPY_TEXT(copy.code, k == 1 ? "CODE00000099" : "CODE00000002");
    COPY_TEXT(copy.place, "place");
    return &copy;
}

static const CopyRow *a_copy_claimed(int k)
{
    static CopyRow copy;

    copy = (CopyRow){ .n = 2, .epoch = 1, .attempts = 1, .lease_s = 1 };
    COPY_TEXT(copy.id, text_of("id-", 10 * k + 1));
    return &copy;
}

static const CopyMade *a_copy_made(int k)
{
    static CopyMade made;

    made = (CopyMade){ .pages = k, .seal = STR("seal"), .page = STR("page"), .keep_until_s = NOW_S };
    return &made;
}

static const CounterRow *a_counter(int k)
{
    static CounterRow counter;

    counter = (CounterRow){ .register_name = "M", .year = 2020 + k, .last = 500 };
    return &counter;
}

static const DocumentRow *a_document(int k)
{
    static DocumentRow row;

    row = (DocumentRow){ .student = 1, .year = 2020 + k, .number = k == 1 ? 99 : 2, .taken_at_s = NOW_S };
    COPY_TEXT(row.id, k == 1 ? "id-new" : "id-2");
    COPY_TEXT(row.service, "service");
    COPY_TEXT(row.register_name, "M");
    COPY_TEXT(row.template, "id-1");
    COPY_TEXT(row.template_version, "v1");
    COPY_TEXT(row.language, "uz");
    COPY_TEXT(row.holder_masked, "D. Y.");
    return &row;
}

static const DraftRow *a_draft(int k UNUSED)
{
    static DraftRow draft;

    draft = (DraftRow){ .student = 1, .service = "service", .language = "ru", .saved_at_s = 2, .keep_until_s = NOW_S };
    return &draft;
}

static const AnswerDraftRow *a_answer_draft(int k)
{
    static AnswerDraftRow draft;

    draft = (AnswerDraftRow){ .language = "ru", .saved_at_s = 2, .keep_until_s = NOW_S };
    COPY_TEXT(draft.request, k == 1 ? "id-1" : "id-2");
    return &draft;
}

static const HandOutRow *a_hand_out(int k)
{
    static HandOutRow hand_out;

    hand_out = (HandOutRow){ .to_student = true, .given_by = "token:x", .at_s = NOW_S };
    COPY_TEXT(hand_out.copy, k == 1 ? "id-11" : "id-2");
    return &hand_out;
}

static const InvoiceRow *a_invoice(int k)
{
    static InvoiceRow invoice;

    invoice = (InvoiceRow){ .sum = 5, .epoch = 1, .made_at_s = NOW_S, .confirmed_by = "token:x", .reference = "ref" };
    COPY_TEXT(invoice.number, text_of("number-", k));
    COPY_TEXT(invoice.request, k == 1 ? "id-1" : "id-2");
    return &invoice;
}

static const InvoiceRow *a_invoice_paid(int k)
{
    static InvoiceRow invoice;

    invoice = (InvoiceRow){ .epoch = 1, .refunded_at_s = NOW_S, .refunded_by = "staff:x", .refund_reference = "ref" };
    COPY_TEXT(invoice.number, text_of("paid-", k));
    return &invoice;
}

static const Event *a_event(int k)
{
    static Event event;

    event = (Event){ "kiosks", text_of("{}", k), NOW_S, 60 };
    return &event;
}

static const KeyRow *a_key(int k)
{
    static KeyRow key;

    key = (KeyRow){ .kid = k, .use = "seal", .state = "active" };
    return &key;
}

static const LimitKey *a_limit_key(int k)
{
    static LimitKey key;

    key = (LimitKey){ "what", text_of("subject-", k), 0 };
    return &key;
}

static const Move *a_move(int id, int from, int to, uint32_t epoch)
{
    static Move move;

    move = (Move){ .id = id_of(id), .from = from, .to = to, .epoch = epoch, .actor = "actor", .at_ms = NOW_S * 1000 };
    return &move;
}

static const NoticeRow *a_notice_there(int k)
{
    static NoticeRow notice;

    notice = (NoticeRow){ .id = k, .epoch = 1, .severity = "warn", .from_s = 1, .until_s = NOW_S + k, .rank = 1 };
    COPY_TEXT(notice.texts[0], "other");
    return &notice;
}

static const NoticeRow *a_notice(int k)
{
    static NoticeRow notice;

    notice = (NoticeRow){ .severity = "info", .from_s = 1, .until_s = NOW_S + k, .rank = 1 };
    COPY_TEXT(notice.texts[0], "text");
    return &notice;
}

static const OfferRow *a_offer(int k)
{
    static OfferRow offer;

    offer = (OfferRow){ .kind = "service", .version = "v9", .author = "token:x", .changed_at_s = NOW_S };
    COPY_TEXT(offer.id, id_of(k));
    return &offer;
}

static const PhoneLinkRow *a_phone_link(int k)
{
    static PhoneLinkRow link;

    link = (PhoneLinkRow){ .left = 2, .made_at_s = NOW_S, .ends_at_s = NOW_S, .keep_until_s = NOW_S };
    COPY_TEXT(link.id, id_of(k));
    COPY_TEXT(link.copy, "id-12");
    COPY_TEXT(link.kiosk, "id-1");
    memset(link.token_hash, k, sizeof link.token_hash);
    return &link;
}

static const EnrolCodeRow *an_enrol_code(int k)
{
    static EnrolCodeRow code;

    code = (EnrolCodeRow){
        .sealed_length = 60, .tries_left = 2, .used = true, .made_at_s = NOW_S, .ends_at_s = NOW_S + 9
    };
    COPY_TEXT(code.kiosk, id_of(k));
    memset(code.used_by, k, sizeof code.used_by);
    return &code;
}

static const GrantRow *a_grant(int k)
{
    static GrantRow grant;

    grant = (GrantRow){ .tries_left = 2,
                        .student = 1,
                        .digits = "47",
                        .interval_s = 9,
                        .asked_at_ms = NOW_S * 1000,
                        .made_at_s = NOW_S,
                        .ends_at_s = NOW_S + 77,
                        .keep_until_s = NOW_S + 77 };
    COPY_TEXT(grant.id, id_of(k));
    COPY_TEXT(grant.kiosk, "id-11");
    memset(grant.device_hash, k, sizeof grant.device_hash);
    memset(grant.user_hash, k, sizeof grant.user_hash);
    memset(grant.phone_hash, k, sizeof grant.phone_hash);
    return &grant;
}

static const PhotoSetRow *a_photo_set(int k)
{
    static PhotoSetRow set;

    set = (PhotoSetRow){
        .student = k, .most = 4, .tries = 2, .made_at_s = NOW_S, .ends_at_s = NOW_S, .keep_until_s = NOW_S + 77
    };
    COPY_TEXT(set.id, id_of(k));
    COPY_TEXT(set.service, "service");
    COPY_TEXT(set.field, "field");
    COPY_TEXT(set.kiosk, "id-1");
    memset(set.token_hash, k, sizeof set.token_hash);
    return &set;
}

static const PaperSeenRow *a_paper_seen(int k)
{
    static PaperSeenRow seen;

    seen = (PaperSeenRow){ .field = "field", .clerk = "token:name-1", .at_s = NOW_S };
    COPY_TEXT(seen.request, id_of(k));
    return &seen;
}

static const PrintReportRow *a_print_report(int k)
{
    static PrintReportRow report;

    report = (PrintReportRow){ .job = id_of(k),
                               .kiosk = "id-1",
                               .epoch = 1,
                               .at_ms = 7,
                               .state = "sent",
                               .sheets = 1,
                               .printer_uuid = "uuid",
                               .printer_job = 5,
                               .counted = true };
    return &report;
}

static const QueueQuery *a_queue_query(int k UNUSED)
{
    static const QueueQuery query = { .states = { ASKED_OPEN, ASKED_IN_UNIT }, .unpaid = -1, .unit = "", .after = "" };

    return &query;
}

static const OrderRow *a_order(int k)
{
    static OrderRow order;

    order = (OrderRow){ .epoch = 1, .made_at_s = NOW_S, .entered_by = "token:x", .number = "7-T", .day = "2026-09-03" };
    COPY_TEXT(order.id, id_of(k));
    COPY_TEXT(order.service, "service");
    return &order;
}

static const OrderRow *a_order_there(int k)
{
    static OrderRow order;

    order = *a_order(k);
    COPY_TEXT(order.id, text_of("id-", 10 * k + 2));
    return &order;
}

static const RecordRow *a_record(int k UNUSED)
{
    static RecordRow record;

    record = (RecordRow){ "profile", STR("{}"), "source", NOW_S };
    return &record;
}

static const RequestRow *a_request(int k)
{
    static RequestRow request;

    request = (RequestRow){ .student = 1, .state = ASKED_OPEN, .asked_at_s = NOW_S };
    COPY_TEXT(request.id, k == 1 ? "id-new" : "id-2");
    COPY_TEXT(request.client_key, k == 1 ? "key-new" : "key-2");
    COPY_TEXT(request.service, "service");
    COPY_TEXT(request.language, "uz");
    COPY_TEXT(request.period, "period");
    memset(request.answers_hash, k == 1 ? 9 : 2, sizeof request.answers_hash);
    return &request;
}

static const RequestRow *a_request_there(int k)
{
    static RequestRow request;

    request = *a_request(k);
    COPY_TEXT(request.id, id_of(k));
    return &request;
}

static const SessionRow *a_session(int k)
{
    static SessionRow session;

    session = (SessionRow){ .kiosk = "id-1", .student = 1, .way = "password", .began_at_s = NOW_S, .ends_at_s = NOW_S };
    memset(session.bearer_hash, k, sizeof session.bearer_hash);
    return &session;
}

static const StageRow *a_stage(int n)
{
    static StageRow stage;

    stage = (StageRow){ .n = n, .unit = "dean", .epoch = 1, .state = STAGE_WAITING, .changed_at_s = NOW_S };
    return &stage;
}

static const VisitorRow *a_visitor(int k)
{
    static VisitorRow visitor;

    visitor = (VisitorRow){ .student = k };
    memset(visitor.passport_hash, 9, sizeof visitor.passport_hash);
    return &visitor;
}

static const StatusDue *a_status_due(int k UNUSED)
{
    static const StatusDue due = { NOW_S, 1 };

    return &due;
}

static const StatusListRow *a_status_list(int k)
{
    static StatusListRow row;

    row = (StatusListRow){ .list = (uint32_t)k, .version = 5, .issued_at_s = INT64_C(1700000000), .changes = 3 };
    return &row;
}

static const ThemeRow *a_theme(int k UNUSED)
{
    static const ThemeRow theme = { .brand = "#123456", .version = "new" };

    return &theme;
}

static const TokenRow *a_token(int k)
{
    static TokenRow token;

    token = (TokenRow){ .purpose = "catalogue", .made_at_s = NOW_S, .expires_at_s = NOW_S };
    COPY_TEXT(token.name, k == 1 ? "new" : "name-2");
    return &token;
}

static const VerifierRow *a_verifier(int k UNUSED)
{
    static const VerifierRow verifier = { .student = 1, .hash = "hash" };

    return &verifier;
}

static const HemisTryRow *a_hemis_try(int k)
{
    static HemisTryRow try;

    try = (HemisTryRow){ .kiosk = "kiosk", .account = "account", .at_s = NOW_S };
    COPY_TEXT(try.id, k == 1 ? "new" : "try-2");
    return &try;
}

static const CardRow *a_card(int k)
{
    static CardRow card;

    card = (CardRow){ .kind = "chip", .student = k, .pin = "pin", .changed_at_s = NOW_S };
    memcpy(card.card_hash, bytes_of(k), sizeof card.card_hash);
    return &card;
}

#include "crossing/values_see.h"

#endif
