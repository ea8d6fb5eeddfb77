import { AsyncLocalStorage } from 'node:async_hooks';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { clientAddress } from '../http/client-address.js';
import { contextOf } from '../http/request-context.js';

/** On whose behalf the code runs. */
export interface AuditContext {
  actor: string;
  address: string | null;
  requestId: string | null;
}

const contexts = new AsyncLocalStorage<AuditContext>();

/** Nobody asked: the process acts by itself, as at its start. */
export const SYSTEM: AuditContext = {
  actor: 'system',
  address: null,
  requestId: null,
};

export function auditContext(): AuditContext {
  return contexts.getStore() ?? SYSTEM;
}

/** The actor of the operator's commands. */
export const OPERATOR = 'operator';

/** Everything that `work` does is put on record as the operator's. */
export function asOperator<T>(work: () => T): T {
  return contexts.run({ ...SYSTEM, actor: OPERATOR }, work);
}

/** Everything that `work` does is put on record as the process's own doing, whoever's request has led to it. */
export function asSystem<T>(work: () => T): T {
  return contexts.run({ ...SYSTEM }, work);
}

/** Everything that `work` does is put on record as another's who has asked for it before. */
export function onBehalfOf<T>(context: AuditContext, work: () => T): T {
  return contexts.run({ ...context }, work);
}

/** Everything that `work` does is put on record as this actor's, though the request may by now be another's. */
export function asActor<T>(actor: string, work: () => T): T {
  return onBehalfOf({ ...auditContext(), actor }, work);
}

/** Opens a context for each request; its actor is a visitor until a guard knows better. */
export function auditRequests(): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const { requestId } = contextOf(response);
    contexts.run(
      { actor: 'visitor', address: clientAddress(request), requestId },
      () => next(),
    );
  };
}

/** Names the actor of the request that is being handled. */
export function actAs(actor: string): void {
  const context = contexts.getStore();
  if (context !== undefined) context.actor = actor;
}
