global using ArchRouter.OnnxGenAI;
