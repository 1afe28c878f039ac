/** The application and the name of every uploaded file; the sink answers with them. */
export const UPLOAD = { applicationId: '1001', fileName: 'artifact.jar' };
