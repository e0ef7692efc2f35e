/* What /problems/SLUG says to who builds on the interface. */
#include "registrar/api/problem.h"

static const char *const meanings[] = {
    [PROBLEM_NONE] = "",
    [PROBLEM_SIGN_IN_REFUSED] =
        "Number and secret do not go together, or nobody has this number: which of the two is not told.\n"
        "Each wrong try counts against the account, the kiosk and the source.\n",
    [PROBLEM_LIMIT] = "Too many tries of this kind.  Retry-After, and retry_after_s, say in how many seconds the next\n"
                      "one is looked at; until then all are refused, the right one too.\n",
    [PROBLEM_SESSION_ENDED] =
        "The bearer is missing, was ended, ran out, or belongs to another kiosk.  Sign in again.\n",
    [PROBLEM_NOT_ALLOWED] = "This student may not have this now.  GET /kiosk/v1/home tells why, and the way on.\n",
    [PROBLEM_FORM] = "An answer does not fit the service's form: field names the question, fault what is wrong.\n",
    [PROBLEM_KEY_REUSED] =
        "The same key came with something else before.  A key belongs to one asking: make a new one.\n",
    [PROBLEM_ALREADY_OPEN] =
        "This student asked for the same under another key, and it is open: its document stands beside this problem.\n"
        "Ask whether it is to be printed again, and then send \"again\": true.\n",
    [PROBLEM_HANDED_OUT] =
        "A page is handed out once in an epoch of its print job, and this one was, or its epoch is over.\n",
    [PROBLEM_TOO_LARGE_FOR_SEAL] = "What the paper would say does not fit into its code.  Nothing was issued.\n",
    [PROBLEM_NOT_FOUND] = "There is nothing here, or nothing of this student's.\n",
    [PROBLEM_UNKNOWN_KIOSK] = "The connection has no client certificate of an enrolled kiosk, or its kiosk was "
                              "revoked, or its time is over.\n",
    [PROBLEM_BAD_REQUEST] = "What was sent is not what this route takes: GET openapi.json describes it.\n",
    [PROBLEM_BUSY] = "More to do than can be done at once.  Nothing was done; ask again after Retry-After.\n",
    [PROBLEM_INTERNAL] =
        "Something broke at the registrar; its log says what.  Whether the act was done is not known:\n"
        "ask again with the same key.\n",
    [PROBLEM_METHOD] = "Allow names the methods that this path has.\n",
    [PROBLEM_TOO_LARGE] = "Body (413), address (414) or head (431) is larger than is taken.\n",
    [PROBLEM_NOT_WHOLE] =
        "What was put is broken, or does not go with what else is offered, and nothing changed.  faults names file,\n"
        "path in it and reason of each.\n",
    [PROBLEM_CHANGED] = "If-Match names another version than the one that stands there, or If-None-Match: * was sent "
                        "and one does.\nRead it again, and decide anew.\n",
    [PROBLEM_UNCONDITIONAL] = "Send If-Match with the ETag of what you mean to change, or If-None-Match: * for what is "
                              "new, so that nobody's\n"
                              "change is lost under yours.\n",
    [PROBLEM_OF_FOLDER] =
        "A file of the registrar's folder offers this.  It can be covered with PUT; it goes when the file goes.\n",
    [PROBLEM_DECIDED] =
        "The request, invoice, paper or blank is not in a state in which this can be done: somebody decided,\n"
        "or it was done already.  Read it again.\n",
    [PROBLEM_UNPAID] = "Nobody decides before the invoice of this request is paid.\n",
    [PROBLEM_LACKS] =
        "The paper says something that neither the record nor an answer has: field names it.  Nothing was\n"
        "changed; it can be approved when the record has it.  hemis: HEMIS makes this paper, and has none of this\n"
        "student.\n",
    [PROBLEM_NO_BLANK] =
        "The paper is printed on a numbered form, and of that kind none is issued.  Nothing was changed.\n",
    [PROBLEM_UNCONFIRMED] =
        "A person without an account asked for it, and staff have not seen the passport yet.  Nothing was changed.\n",
    [PROBLEM_CLOSED] =
        "The office is closed and nobody sits at a window: there are no tickets, and nobody could come to a kiosk.\n",
    [PROBLEM_CARD_BLOCKED] = "Its student, the office, or too many wrong PINs blocked it.  It opens again when its "
                             "student signs in another\n"
                             "way and sets a new PIN.\n",
    [PROBLEM_CARD_TAKEN] = "Another student signs in with this card.  Nothing was changed.\n",
    [PROBLEM_PIN_EASY] =
        "Digits that are all alike, in a row, or part of the student's number or date of birth are the first that a\n"
        "finder tries.  Nothing was changed.\n",
    [PROBLEM_HEMIS_AWAY] =
        "HEMIS does not answer, and number and secret are not those that it accepted last, or nobody has this number:\n"
        "which of these is not told.  Another way in may be open: a card, the office's window.  Of a paper that HEMIS\n"
        "makes: it could not be had now; the same key asks again.\n",
    [PROBLEM_HEMIS_TRIES] =
        "HEMIS refused as many passwords of this kiosk, this account or all kiosks as it may be asked about: at a few\n"
        "more it would answer nobody here.  Retry-After says when it is asked again; a phone, a card and the office's\n"
        "window are open, and so are passwords that HEMIS accepted before.\n",
    [PROBLEM_ENROL_REFUSED] =
        "There is no kiosk of this name, or no code was made for it, or it is another one, a quarter of an hour is\n"
        "over, it was tried too often, or it was used: which of these is not told.  `registrar kiosk code` and the\n"
        "console make a new one.\n",
    [PROBLEM_VERSION] = "versions names those that there are; they stand in the path, as in /kiosk/v1/home.\n",
};
static_assert(COUNT(meanings) == PROBLEM_COUNT, "one meaning per problem");

bool problem_page(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    ApiProblemKind kind;

    if (!api_problem_parse(request->parameters[0], &kind))
        return problem_answer_kind(PROBLEM_NOT_FOUND, answer, err);
    answer->content_type = "text/plain; charset=utf-8";
    buf_add_format(&answer->body, "%s (%d)\n\n%s", api_problem_title(kind), problem_of(kind).status, meanings[kind]);
    return buf_ok(&answer->body, err);
}
