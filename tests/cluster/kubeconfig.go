package main

import (
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// clusterName is what kubectl and the page show as the cluster's name.
const clusterName = "manifest-studio-test"

// writeKubeconfig writes a kubeconfig for one user, with everything inside, so
// that the file alone can be handed on.
func writeKubeconfig(path, server, user string, ca []byte, credentials pair) error {
	config := api.NewConfig()
	cluster := api.NewCluster()
	cluster.Server = server
	cluster.CertificateAuthorityData = ca
	config.Clusters[clusterName] = cluster

	auth := api.NewAuthInfo()
	auth.ClientCertificateData = credentials.cert
	auth.ClientKeyData = credentials.key
	config.AuthInfos[user] = auth

	name := user + "@" + clusterName
	context := api.NewContext()
	context.Cluster = clusterName
	context.AuthInfo = user
	config.Contexts[name] = context
	config.CurrentContext = name

	return clientcmd.WriteToFile(*config, path)
}
