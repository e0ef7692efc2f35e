#include "base/plural.h"

#include <string.h>

#define DEPTH_MAX 24

typedef struct Parser {
    Str rest;
    unsigned depth;
    PluralRule rule;
} Parser;

/* Binary operators, loosest first: the rank is how tightly it binds.  Longer signs stand before their own beginnings.
 */
static const struct {
    const char *sign;
    unsigned rank;
    PluralOp op;
} operators[] = {
    { "||", 1, PLURAL_OR },        { "&&", 2, PLURAL_AND },        { "==", 3, PLURAL_EQUAL },
    { "!=", 3, PLURAL_NOT_EQUAL }, { "<=", 4, PLURAL_LESS_EQUAL }, { ">=", 4, PLURAL_GREATER_EQUAL },
    { "<", 4, PLURAL_LESS },       { ">", 4, PLURAL_GREATER },     { "+", 5, PLURAL_ADD },
    { "-", 5, PLURAL_SUBTRACT },   { "*", 6, PLURAL_MULTIPLY },    { "/", 6, PLURAL_DIVIDE },
    { "%", 6, PLURAL_REMAINDER },
};

static bool parse_choice(Parser *p, uint8_t *ret);

static void skip_space(Parser *p)
{
    while (p->rest.len > 0 && (p->rest.ptr[0] == ' ' || p->rest.ptr[0] == '\t'))
        p->rest = (Str){ p->rest.ptr + 1, p->rest.len - 1 };
}

static bool take(Parser *p, const char *sign)
{
    skip_space(p);
    size_t len = strlen(sign);
    if (p->rest.len < len || memcmp(p->rest.ptr, sign, len) != 0)
        return false;
    p->rest = (Str){ p->rest.ptr + len, p->rest.len - len };
    return true;
}

static bool take_number(Parser *p, uint32_t *ret)
{
    uint64_t value;
    size_t len = 0;

    skip_space(p);
    while (len < p->rest.len && p->rest.ptr[len] >= '0' && p->rest.ptr[len] <= '9')
        len++;
    if (!str_to_u64((Str){ p->rest.ptr, len }, 0, UINT32_MAX, &value))
        return false;
    p->rest = (Str){ p->rest.ptr + len, p->rest.len - len };
    *ret = (uint32_t)value;
    return true;
}

static bool add_node(Parser *p, PluralNode node, uint8_t *ret)
{
    if (p->rule.count >= PLURAL_NODES_MAX)
        return false;
    p->rule.nodes[p->rule.count] = node;
    *ret = (uint8_t)p->rule.count++;
    return true;
}

static bool parse_primary(Parser *p, uint8_t *ret)
{
    uint32_t number;

    if (take(p, "("))
        return parse_choice(p, ret) && take(p, ")");
    if (take(p, "n"))
        return add_node(p, (PluralNode){ .op = PLURAL_N }, ret);
    return take_number(p, &number) && add_node(p, (PluralNode){ .op = PLURAL_NUMBER, .number = number }, ret);
}

static bool parse_unary(Parser *p, uint8_t *ret)
{
    uint8_t of;

    /* "!=" can't begin an operand, so a "!" here is always "not". */
    if (!take(p, "!"))
        return parse_primary(p, ret);
    if (++p->depth > DEPTH_MAX)
        return false;
    bool ok = parse_unary(p, &of);
    p->depth--;
    return ok && add_node(p, (PluralNode){ .op = PLURAL_NOT, .under = { of } }, ret);
}

static bool take_operator(Parser *p, unsigned least_rank, unsigned *ret_rank, PluralOp *ret_op)
{
    Str before = p->rest;

    for (size_t i = 0; i < COUNT(operators); i++) {
        if (!take(p, operators[i].sign))
            continue;
        if (operators[i].rank < least_rank) {
            p->rest = before;
            return false;
        }
        *ret_rank = operators[i].rank;
        *ret_op = operators[i].op;
        return true;
    }
    return false;
}

/* Precedence climbing: all operators that bind at least as tightly as least_rank; equal ones group to the left. */
static bool parse_binary(Parser *p, unsigned least_rank, uint8_t *ret)
{
    uint8_t left, right;
    unsigned rank;
    PluralOp op;

    if (!parse_unary(p, &left))
        return false;
    while (take_operator(p, least_rank, &rank, &op)) {
        if (!parse_binary(p, rank + 1, &right) ||
            !add_node(p, (PluralNode){ .op = op, .under = { left, right } }, &left))
            return false;
    }
    *ret = left;
    return true;
}

static bool parse_choice(Parser *p, uint8_t *ret)
{
    uint8_t test, yes, no;

    if (++p->depth > DEPTH_MAX)
        return false;
    bool ok = parse_binary(p, 1, &test);
    if (ok && take(p, "?"))
        ok = parse_choice(p, &yes) && take(p, ":") && parse_choice(p, &no) &&
             add_node(p, (PluralNode){ .op = PLURAL_CHOOSE, .under = { test, yes, no } }, &test);
    p->depth--;
    if (ok)
        *ret = test;
    return ok;
}

bool plural_parse(Str line, PluralRule *ret, Error *err)
{
    Parser p = { .rest = line };
    uint32_t forms;

    if (!take(&p, "nplurals") || !take(&p, "=") || !take_number(&p, &forms) || forms < 1 || forms > PLURAL_FORMS_MAX ||
        !take(&p, ";") || !take(&p, "plural") || !take(&p, "=") || !parse_choice(&p, &p.rule.root))
        return error_set(err, ERR_FORMAT, "plural rule is broken %zu bytes before its end", p.rest.len);
    (void)take(&p, ";");
    if (str_trim(p.rest).len > 0)
        return error_set(err, ERR_FORMAT, "plural rule has %zu bytes too many", p.rest.len);
    p.rule.forms = forms;
    *ret = p.rule;
    return true;
}

static uint64_t value_of(const PluralRule *rule, uint8_t index, uint64_t n)
{
    const PluralNode *node = &rule->nodes[index];
    const uint8_t *under = node->under;

    switch (node->op) {
    case PLURAL_NUMBER: return node->number;
    case PLURAL_N: return n;
    case PLURAL_NOT: return !value_of(rule, under[0], n);
    case PLURAL_AND: return value_of(rule, under[0], n) && value_of(rule, under[1], n);
    case PLURAL_OR: return value_of(rule, under[0], n) || value_of(rule, under[1], n);
    case PLURAL_CHOOSE: return value_of(rule, value_of(rule, under[0], n) ? under[1] : under[2], n);
    case PLURAL_MULTIPLY:
    case PLURAL_DIVIDE:
    case PLURAL_REMAINDER:
    case PLURAL_ADD:
    case PLURAL_SUBTRACT:
    case PLURAL_LESS:
    case PLURAL_GREATER:
    case PLURAL_LESS_EQUAL:
    case PLURAL_GREATER_EQUAL:
    case PLURAL_EQUAL:
    case PLURAL_NOT_EQUAL: break;
    }

    uint64_t a = value_of(rule, under[0], n);
    uint64_t b = value_of(rule, under[1], n);
    switch ((int)node->op) { /* int: the others have answered above */
    case PLURAL_MULTIPLY: return a * b;
    case PLURAL_DIVIDE: return b > 0 ? a / b : 0;
    case PLURAL_REMAINDER: return b > 0 ? a % b : 0;
    case PLURAL_ADD: return a + b;
    case PLURAL_SUBTRACT: return a - b;
    case PLURAL_LESS: return a < b;
    case PLURAL_GREATER: return a > b;
    case PLURAL_LESS_EQUAL: return a <= b;
    case PLURAL_GREATER_EQUAL: return a >= b;
    case PLURAL_EQUAL: return a == b;
    case PLURAL_NOT_EQUAL: return a != b;
    default: return 0;
    }
}

unsigned plural_form(const PluralRule *rule, uint64_t n)
{
    uint64_t form = value_of(rule, rule->root, n);

    return form < rule->forms ? (unsigned)form : 0;
}
