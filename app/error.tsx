"use client";

import { PageError } from "#components/workspace/page-error";

export default PageError;
