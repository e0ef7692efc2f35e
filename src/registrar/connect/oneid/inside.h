/* Inside connect/oneid: for tests. */
#ifndef REGISTRAR_CONNECT_ONEID_INSIDE_H
#define REGISTRAR_CONNECT_ONEID_INSIDE_H

#include "registrar/connect/channel.h"
#include "registrar/connect/oneid/oneid.h"

#define ONEID_TOKEN_SIZE 2048

/* As oneid_new, over another transport; NULL: net/http. */
OneId *oneid_new_over(const OneIdConfig *config, const ChannelTransport *transport, Error *err) MUST_USE;

/* What its answers say.  Pure. */
OneIdOutcome oneid_read_token(int status, Str body, char ret_token[ONEID_TOKEN_SIZE], Error *err) MUST_USE;
OneIdOutcome oneid_read_person(int status, Str body, char ret_pinfl[ONEID_PINFL_SIZE], Error *err) MUST_USE;

#endif
