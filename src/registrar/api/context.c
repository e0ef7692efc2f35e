#include "registrar/api/looks.h"
#include "registrar/api/routes.h"

bool api_context_init(ApiContext *context, Office *office, Log *log, const char *web_folder, Error *err)
{
    *context = (ApiContext){ .office = office, .log = log };
    context->institution = institution_load(office_config(office)->institution_file, err);
    if (context->institution)
        context->looks = looks_open(office, log, web_folder, err);
    if (context->looks)
        return true;
    api_context_fini(context);
    return false;
}

bool api_context_init_nobody(ApiContext *context, Log *log, const char *web_folder, Error *err)
{
    *context = (ApiContext){ .log = log };
    context->looks = looks_open(NULL, log, web_folder, err);
    return context->looks != NULL;
}

void api_context_fini(ApiContext *context)
{
    looks_close(context->looks);
    institution_free(context->institution);
    *context = (ApiContext){ 0 };
}
