mt.ones(shap=3)
